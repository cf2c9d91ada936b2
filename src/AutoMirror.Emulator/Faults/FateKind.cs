namespace AutoMirror.Emulator.Faults;

/// <summary>What can befall a request; <see cref="RequestFaults"/> says what each means.</summary>
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
