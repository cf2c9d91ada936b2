using System.IO.Compression;

namespace AutoMirror.Emulator.Lambda.Processes;

/// <summary>A package as its processes see it: unpacked into a folder of its own, <c>/var/task</c> at AWS.</summary>
internal sealed class CodeFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("emulated-lambda-");

    /// <summary>Unpacks a package. The modes of its files are those that the archive says.</summary>
    public CodeFolder(FunctionCode code)
    {
        using var archive = new ZipArchive(new MemoryStream(code.Zip), ZipArchiveMode.Read);
        archive.ExtractToDirectory(Path);
    }

    public string Path => _folder.FullName;

    /// <summary>The program that Lambda starts for a function that brings its own; null when the package has none.</summary>
    public string? Bootstrap => File.Exists(System.IO.Path.Combine(Path, "bootstrap")) ? System.IO.Path.Combine(Path, "bootstrap") : null;

    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A process that has just been ended may still hold a file: what is left is the system's temporary folder.
        }
    }
}
