namespace AutoMirror.Core.Ports;

/// <summary>EC2, or the way there, said no.</summary>
/// <param name="Code">The service's own error code, or a name for what happened on the way.</param>
internal sealed record Refusal(RefusalKind Kind, string Code, string Message)
{
    public override string ToString() => $"{Code}: {Message}";
}

/// <summary>What follows from a refusal.</summary>
internal enum RefusalKind
{
    /// <summary>It would have passed later, and was tried until no time was left. The
    /// invocation fails, so that it is tried again.</summary>
    Transient,

    /// <summary>Too many calls a second: it passes when they come slower.</summary>
    Throttled,

    /// <summary>The role may not do it. Nothing but a person helps; the invocation fails so that somebody sees it.</summary>
    Denied,

    /// <summary>EC2 does not know the source interface (any more, or yet).</summary>
    SourceGone,

    /// <summary>EC2 does not know the session (any more, or yet).</summary>
    SessionGone,

    /// <summary>EC2 does not know the target or the filter: the configuration names something that is not there.</summary>
    ConfiguredGone,

    SessionNumberTaken,
    SessionsPerInterface,
    TargetFull,
    SessionsPerAccount,

    /// <summary>The interface cannot be a source, or not yet.</summary>
    SourceNotSupported,

    /// <summary>The client token was used before with other parameters: look again.</summary>
    TokenReused,

    /// <summary>Anything else: the request was wrong, which is a bug or a misconfiguration.</summary>
    Other,
}
