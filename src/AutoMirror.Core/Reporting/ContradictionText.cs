using System.Diagnostics;
using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;

namespace AutoMirror.Core.Reporting;

/// <summary>Contradictions in words.</summary>
internal static class ContradictionText
{
    public static string Of(Contradiction contradiction) => contradiction switch
    {
        Contradiction.InstanceNotShown => "a young event speaks of it, and EC2 does not show it",
        Contradiction.OtherState state =>
            $"a young event says that it is {Ec2Words.InstanceStates.WordFor(state.Said)}, and EC2 shows it as "
                + Ec2Words.InstanceStates.WordFor(state.Shown),
        Contradiction.OtherTag tag =>
            $"a young event says that the tag {Words.Quote(tag.Key)} {Value(tag.Said, "is", "was removed")}, and in EC2's answer it "
                + Value(tag.Shown, "is", "is missing"),
        Contradiction.InterfaceNotShown => "a young event speaks of it, and EC2 does not show it",
        Contradiction.NotAttached attached =>
            $"a young event says that {attached.NetworkInterfaceId} was attached to {attached.InstanceId}, and EC2 does not show it there",
        Contradiction.StillAttached attached =>
            $"a young event says that {attached.InstanceId} was terminated, and EC2 still shows {attached.NetworkInterfaceId} attached "
                + $"to it",
        Contradiction.SessionStillListed listed =>
            $"a young event says that the session {listed.SessionId} was deleted, and EC2 still lists it",
        _ => throw new UnreachableException(),
    };

    private static string Value(string? value, string when, string whenNone) => value is null ? whenNone : $"{when} {Words.Quote(value)}";
}
