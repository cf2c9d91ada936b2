using System.Globalization;

namespace AutoMirror.Emulator.Lambda.Processes;

/// <summary>
/// How much memory a process and its children have in use, in bytes. On Linux that is what /proc says is resident; elsewhere what the
/// system says of the process alone.
/// </summary>
internal static class SandboxMemory
{
    private const string Resident = "VmRSS:";

    public static long Of(System.Diagnostics.Process process)
    {
        try
        {
            if (OperatingSystem.IsLinux())
                return WithChildren(process.Id.ToString(CultureInfo.InvariantCulture));
            process.Refresh();
            return process.WorkingSet64;
        }
        catch (Exception error) when (error is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // The process has ended meanwhile.
            return 0;
        }
    }

    private static long WithChildren(string id)
    {
        var folder = $"/proc/{id}";
        if (!Directory.Exists(folder))
            return 0;
        var line = File.ReadLines($"{folder}/status").FirstOrDefault(text => text.StartsWith(Resident, StringComparison.Ordinal));
        var kilobytes = line is null ? 0 : long.Parse(line[Resident.Length..^2].Trim(), CultureInfo.InvariantCulture);
        return (kilobytes * 1024) + File.ReadAllText($"{folder}/task/{id}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Sum(WithChildren);
    }
}
