namespace AutoMirror.Lambda;

/// <summary>
/// Tells the garbage collector how much memory the function has. Without it the collector sizes the heap by the sandbox, which may
/// show more memory than the function was given, and Lambda ends the process instead of a collection freeing memory.
/// </summary>
internal static class HeapLimit
{
    /// <returns>What went wrong, or null. A limit that can't be set only costs that protection, so it never stops the start.</returns>
    public static string? Set(int megabytes)
    {
        try
        {
            AppContext.SetData("GCHeapHardLimit", (ulong)megabytes * 1024 * 1024);
            GC.RefreshMemoryLimit();
            return null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or NotSupportedException)
        {
            return $"The heap could not be limited to {megabytes} MB: {exception.Message}";
        }
    }
}
