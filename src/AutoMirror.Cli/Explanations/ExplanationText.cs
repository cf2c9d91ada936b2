using AutoMirror.Cli.Printing;

namespace AutoMirror.Cli.Explanations;

/// <summary>An explanation for a person.</summary>
internal static class ExplanationText
{
    public static void Write(Page page, Explanation explanation, int limit)
    {
        page.Line(explanation.Said);
        if (explanation.Targets.Count > 0)
        {
            page.Heading("Targets");
            page.Table(
                ["target", "state", "sources", "delivers to"],
                [
                    .. explanation.Targets.Select(each => (string[])[
                        each.TargetId, each.State, each.Capacity is { } capacity ? $"{each.Sources} of {capacity}" : $"{each.Sources}",
                        each.Destination]),
                ],
                limit);
        }

        if (explanation.Kind is "target" or "sensor")
        {
            page.Heading("Mirrored there");
            page.Table(
                ["interface", "instance", "state", "name"],
                [
                    .. explanation.Interfaces.Select(each => (string[])[
                        each.NetworkInterfaceId, each.InstanceId ?? "", each.State, each.InstanceName ?? ""]),
                ],
                limit);
            return;
        }

        foreach (var each in explanation.Interfaces)
            Write(page, each);
    }

    private static void Write(Page page, InterfaceExplanation each)
    {
        page.Heading($"{each.NetworkInterfaceId}: {each.State}{(each.State == each.Verdict ? "" : $", and {each.Verdict} after a sync")}");
        page.Note(string.Join(", ", ((string?[])[
            each.InstanceId, each.InstanceName, each.InstanceType, each.Address, each.SubnetId, each.VpcId, each.Zone]).OfType<string>()));
        page.Note("Why:");
        foreach (var reason in each.Because)
            page.Note($"- {reason}", depth: 2);
        if (each.WhatToDo is { } advice)
            page.Note($"What to do: {advice}");
        if (each.Sessions.Count > 0)
        {
            page.Note("Sessions:");
            page.Table(
                ["number", "session", "whose", "target", "filter", "VNI", "next"],
                [
                    .. each.Sessions.Select(session => (string[])[
                        $"{session.SessionNumber}", session.TrafficMirrorSessionId ?? "(to be made)", session.IsOwned ? "own" : "foreign",
                        session.TargetId, session.FilterId, session.VirtualNetworkId?.ToString() ?? "", session.Next]),
                ]);
        }

        page.Note("Blind to its sensor:");
        foreach (var spot in each.Blind)
            page.Note($"- {spot}", depth: 2);
    }
}
