namespace AutoMirror.Emulator.Lambda;

/// <summary>Lambda's runtimes, of which only those run here that bring their own program.</summary>
internal static class Runtimes
{
    public static bool BringsBootstrap(string? runtime) => runtime is "provided.al2023" or "provided.al2" or "provided";
}
