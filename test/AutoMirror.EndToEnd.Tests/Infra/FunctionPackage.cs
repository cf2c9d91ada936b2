using System.IO.Compression;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>
/// A package of the function as it was built together with these tests, which needs no compiler for the machine: its bootstrap starts the
/// built program. <c>infra/build.sh</c> makes the one for AWS.
/// </summary>
internal static class FunctionPackage
{
    private const string Bootstrap = """
        #!/bin/sh
        exec dotnet "$LAMBDA_TASK_ROOT/bootstrap.dll"
        """;

    private static readonly Lazy<byte[]> Built = new(Build);

    /// <summary>The package, as a zip archive.</summary>
    public static byte[] Bytes => Built.Value;

    /// <summary>The same function under another digest, as a new build would have.</summary>
    /// <param name="folder">Where it is written.</param>
    /// <param name="edition">What tells it from others.</param>
    /// <returns>Its path.</returns>
    public static string Write(string folder, string edition)
    {
        var file = Path.Combine(folder, $"automirror-{edition}.zip");
        File.WriteAllBytes(file, Bytes);
        using var archive = ZipFile.Open(file, ZipArchiveMode.Update);
        Add(archive, "edition.txt", System.Text.Encoding.UTF8.GetBytes(edition), 0b110_100_100);
        return file;
    }

    /// <summary>A package whose program ends at once, without a word: every invocation of it fails.</summary>
    public static string WriteBroken(string folder)
    {
        var file = Path.Combine(folder, "automirror-broken.zip");
        using var archive = ZipFile.Open(file, ZipArchiveMode.Create);
        Add(archive, "bootstrap", "#!/bin/sh\nexit 1\n"u8.ToArray(), 0b111_101_101);
        return file;
    }

    private static byte[] Build()
    {
        using var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create))
        {
            foreach (var file in Directory.GetFiles(Path.GetDirectoryName(Programs.Bootstrap)!).Order())
            {
                // A program compiled ahead of time, if there is one, would take the place of the script.
                if (Path.GetFileName(file) != "bootstrap")
                    Add(archive, Path.GetFileName(file), File.ReadAllBytes(file), 0b110_100_100);
            }

            Add(archive, "bootstrap", System.Text.Encoding.UTF8.GetBytes(Bootstrap.ReplaceLineEndings("\n")), 0b111_101_101);
        }

        return buffer.ToArray();
    }

    private static void Add(ZipArchive archive, string name, byte[] content, int mode)
    {
        var entry = archive.CreateEntry(name);
        entry.ExternalAttributes = mode << 16;
        using var stream = entry.Open();
        stream.Write(content);
    }
}
