namespace AutoMirror.Simulation.Worlds;

/// <summary>One thing that somebody does.</summary>
/// <param name="Index">Its place in the history, from which everything random about it
/// follows; so steps can be left out without changing the others.</param>
/// <param name="At">How long after the start.</param>
/// <param name="Kind">What.</param>
internal sealed record Step(int Index, TimeSpan At, StepKind Kind);

/// <summary>What people do in an account.</summary>
internal enum StepKind
{
    Launch,
    LaunchMany,
    TagInstance,
    TagInterface,
    TagPlace,
    Waver,
    StopInstance,
    StartInstance,
    TerminateInstance,
    AttachInterface,
    DetachInterface,
    DeleteInterface,
    MakeForeignSession,
    EndForeignSession,
    DeleteSessionByHand,
    ModifySessionByHand,
    StripOwner,
    CopySession,
    ForgeEnd,
    ChangePolicy,
    ChangeFilter,
    ChangeSensor,
    AddTarget,
    DeleteTarget,
    TagTarget,
    Find,
    Resync,
}

/// <summary>Which steps a history can have.</summary>
internal static class StepKinds
{
    public static IReadOnlyList<StepKind> All { get; } = Enum.GetValues<StepKind>();

    /// <summary>Those after which the events that they cause are enough: no other thing has to be looked at.</summary>
    public static IReadOnlyList<StepKind> HealedByEvents { get; } =
    [
        StepKind.Launch, StepKind.LaunchMany, StepKind.TagInstance, StepKind.StopInstance, StepKind.StartInstance,
        StepKind.TerminateInstance,
        StepKind.AttachInterface,
    ];
}
