namespace AutoMirror.Testing;

/// <summary>Where the checkout that is being tested lies.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>AutoMirror.sln</c>, found upwards from the test's own assembly.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>The full path of a file or folder of the repository, from its parts.</summary>
    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException($"No AutoMirror.sln above {AppContext.BaseDirectory}: run the tests from a checkout."),
        _ when File.Exists(Path.Combine(folder.FullName, "AutoMirror.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
