namespace AutoMirror.Cli;

/// <summary>How this tool was called, for what it tells people to type next.</summary>
internal static class OwnCommand
{
    /// <summary><c>automirror</c> where it is installed; where it runs as it was built in a clone, what runs it there.</summary>
    public static string Name => NameIn(AppContext.BaseDirectory);

    internal static string NameIn(string folder)
    {
        var parts = folder.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        var at = Array.LastIndexOf(parts, "bin");
        return at > 1 && parts[at - 1] == "AutoMirror.Cli" && parts[at - 2] == "src"
            ? "dotnet run --project src/AutoMirror.Cli --"
            : "automirror";
    }
}
