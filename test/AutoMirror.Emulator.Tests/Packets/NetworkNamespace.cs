using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AutoMirror.Emulator.Tests.Packets;

/// <summary>
/// A network namespace that ends with the thread it belongs to: sockets that the thread makes and commands that it runs are in it, and
/// nothing that happens there is seen outside.
/// </summary>
internal static class NetworkNamespace
{
    private const int CloneNewNet = 0x40000000;

    /// <summary>Runs work in a new namespace, whose loopback is up, and returns when it is done.</summary>
    public static void Run(Action work)
    {
        Exception? problem = null;
        var thread = new Thread(() =>
        {
            try
            {
                if (Unshare(CloneNewNet) != 0)
                    throw new InvalidOperationException($"unshare failed: {Marshal.GetLastPInvokeErrorMessage()}");
                Ip("link set lo up");
                work();
            }
            catch (Exception thrown)
            {
                problem = thrown;
            }
        });
        thread.Start();
        thread.Join();
        if (problem is not null)
            throw new InvalidOperationException(problem.Message, problem);
    }

    /// <summary>Runs <c>ip</c> and returns what it prints.</summary>
    public static string Ip(string arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("ip", arguments.Split(' ')) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEnd(), process.StandardError.ReadToEnd());
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"ip {arguments}: {error}");
    }

    [DllImport("libc", EntryPoint = "unshare", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Unshare(int flags);
}
