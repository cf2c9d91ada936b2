using AutoMirror.Aws;
using AutoMirror.Cli.Printing;
using AutoMirror.Core.Model;

namespace AutoMirror.Cli.Changing;

/// <summary>What <c>remove</c> prints as JSON.</summary>
/// <param name="Parameter">The parameter that switches AutoMirror off.</param>
/// <param name="Done">Whether it was carried out; else it is only shown.</param>
/// <param name="LookedAgain">Whether it waited for functions that were warm, and looked again.</param>
/// <param name="Deleted">The ids of the sessions that are gone.</param>
/// <param name="Left">The sessions that are there: all that would go, or those that could not be deleted.</param>
internal sealed record RemoveDocument(
    string Region, string Deployment, string Parameter, bool Done, bool LookedAgain, IReadOnlyList<string> Deleted,
    IReadOnlyList<LeftSession> Left)
{
    /// <summary>The sessions that could not be deleted.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<LeftSession> Failed => Done ? Left : [];

    public static RemoveDocument OfPlan(Removal removal, IReadOnlyList<TrafficMirrorSession> owned) => new(
        removal.Region, removal.Deployment, removal.ModeParameter, false, false, [], [.. owned.Select(each => LeftSession.Of(each, null))]);

    public static RemoveDocument OfDone(
        Removal removal, IReadOnlyList<TrafficMirrorSession> deleted, IReadOnlyList<(TrafficMirrorSession Session, string Why)> left,
        bool lookedAgain) => new(
            removal.Region, removal.Deployment, removal.ModeParameter, true, lookedAgain,
            [.. deleted.Select(session => session.Id.Value)], [.. left.Select(each => LeftSession.Of(each.Session, each.Why))]);

    /// <summary>For a person.</summary>
    public void Write(Page page, int limit)
    {
        if (Left.Count > 0)
        {
            page.Heading(Done ? "Left" : "Would be deleted");
            page.Table(
                ["session", "interface", "target", "because"],
                [
                    .. Left.Select(each => (string[])[
                        each.TrafficMirrorSessionId, each.NetworkInterfaceId, each.TargetId, each.Why ?? "it is owned"]),
                ],
                limit);
            page.Line();
        }

        if (!Done)
        {
            page.Line($"Nothing was done: --yes sets {Parameter} to \"off\", and deletes what the deployment '{Deployment}' owns.");
            return;
        }

        page.Mark(
            Left.Count == 0,
            $"{Counted.Of(Deleted.Count, "session")} deleted{(LookedAgain && Left.Count == 0 ? ", and nothing is left" : "")}. "
                + $"{Parameter} is \"off\": AutoMirror does nothing until that is changed.");
        if (!LookedAgain)
            page.Note("What a function that is warm makes in the next minute is left.");
    }
}

/// <param name="Why">Why it could not be deleted; null where nothing was tried.</param>
internal sealed record LeftSession(string TrafficMirrorSessionId, string NetworkInterfaceId, string TargetId, string? Why)
{
    public static LeftSession Of(TrafficMirrorSession session, string? why) =>
        new(session.Id.Value, session.NetworkInterfaceId.Value, session.TargetId.Value, why);
}
