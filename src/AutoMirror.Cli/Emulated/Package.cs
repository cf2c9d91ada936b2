using System.IO.Compression;
using System.Text;

namespace AutoMirror.Cli.Emulated;

/// <summary>
/// The function that this program carries, as a package to upload: the one compiled ahead of time where there is one, else the built one
/// with a script that starts it.
/// </summary>
internal static class Package
{
    private const int Program = 0b111_101_101;
    private const int Data = 0b110_100_100;

    public static byte[] Bytes()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "host");
        var native = Path.Combine(folder, "bootstrap");
        if (!File.Exists(native) && !File.Exists(Path.Combine(folder, "bootstrap.dll")))
            throw new CommandException($"the function is missing in {folder}: build the solution, or reinstall the tool.");
        if (OperatingSystem.IsWindows())
        {
            throw new CommandException(
                "--with-function needs Linux or macOS: Lambda starts a program called bootstrap, as Windows does not.");
        }

        using var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create))
        {
            if (File.Exists(native))
            {
                Add(archive, "bootstrap", File.ReadAllBytes(native), Program);
            }
            else
            {
                Add(archive, "bootstrap", Encoding.UTF8.GetBytes($"#!/bin/sh\nexec '{Dotnet}' \"$LAMBDA_TASK_ROOT/bootstrap.dll\"\n"),
                    Program);
                foreach (var file in Directory.GetFiles(folder))
                    Add(archive, Path.GetFileName(file), File.ReadAllBytes(file), Data);
            }
        }

        return buffer.ToArray();
    }

    /// <summary>The dotnet that runs this program; the one on the path where it runs by itself.</summary>
    private static string Dotnet =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    private static void Add(ZipArchive archive, string name, byte[] content, int mode)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Fastest);
        entry.ExternalAttributes = mode << 16;
        using var stream = entry.Open();
        stream.Write(content);
    }
}
