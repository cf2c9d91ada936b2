namespace AutoMirror.Emulator.Faults;

/// <summary>What happens to a request besides being answered.</summary>
internal enum FateKind
{
    Answered,
    Throttled,
    InternalError,
    Unavailable,
    Timeout,
    CutBefore,
    CutAfter,
    SlowBody,
    TruncatedBody,
}
