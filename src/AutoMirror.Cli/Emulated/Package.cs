using System.Diagnostics;
using System.IO.Compression;
using System.Text;

namespace AutoMirror.Cli.Emulated;

/// <summary>
/// The function that this program carries, as a package to upload: the one compiled ahead of time where there is one, else a script that
/// starts it.
/// </summary>
internal static class Package
{
    private const int Program = 0b111_101_101;
    private const int Data = 0b110_100_100;

    public static byte[] Bytes()
    {
        var program = FunctionProgram.Find();
        if (OperatingSystem.IsWindows())
        {
            throw new CommandException(
                "--with-function needs Linux or macOS: Lambda starts a program called bootstrap, as Windows does not.");
        }

        using var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create))
        {
            switch (program)
            {
                case FunctionProgram.Native native:
                    Add(archive, "bootstrap", File.ReadAllBytes(native.File), Program);
                    break;
                case FunctionProgram.Assemblies built:
                    Add(archive, "bootstrap", Script(built.Command[0], "\"$LAMBDA_TASK_ROOT/bootstrap.dll\""), Program);
                    foreach (var file in Directory.GetFiles(built.Folder))
                        Add(archive, Path.GetFileName(file), File.ReadAllBytes(file), Data);
                    break;
                case FunctionProgram.Inside inside:
                    Add(archive, "bootstrap", Script(inside.Tool, inside.Command[1]), Program);
                    break;
                default:
                    throw new UnreachableException();
            }
        }

        return buffer.ToArray();
    }

    private static byte[] Script(string command, string argument) =>
        Encoding.UTF8.GetBytes($"#!/bin/sh\nexec '{command}' {argument}\n");

    private static void Add(ZipArchive archive, string name, byte[] content, int mode)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Fastest);
        entry.ExternalAttributes = mode << 16;
        using var stream = entry.Open();
        stream.Write(content);
    }
}
