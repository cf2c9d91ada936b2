using System.Globalization;
using AutoMirror.Cli.Printing;

namespace AutoMirror.Cli.Coverage;

/// <summary>A status for a person: what is wrong first.</summary>
internal static class StatusText
{
    /// <summary>Where, the share that is mirrored, and how many interfaces are in each state.</summary>
    public static void WriteHeadline(Page page, StatusDocument status)
    {
        page.Line($"{status.Deployment} in {status.Region}{(status.Account is { } account ? $", account {account}" : "")}, mode "
            + $"{status.Mode}: {Percent(status.Percent)} of what should be mirrored is.");
        page.Line(string.Join(", ", status.States.Select(state => $"{state.Value} {state.Key}")));
    }

    public static void Write(Page page, StatusDocument status, int limit)
    {
        WriteHeadline(page, status);
        if (status.Problems.Count > 0)
        {
            page.Heading("Problems");
            foreach (var problem in status.Problems)
            {
                page.Mark(false, $"{problem.Problem}: {problem.Message}");
                page.Note(problem.Command, depth: 2);
            }
        }

        if (status.Pending.Count > 0)
        {
            page.Heading("Pending");
            page.Note($"{Counted.Of(status.Pending.Create, "session")} to make, {status.Pending.Modify} to change, "
                + $"{status.Pending.Delete} to delete: automirror plan shows them, automirror sync makes them.");
        }

        WriteMissing(page, status, limit);
        foreach (var (name, heading) in ((string, string)[])
            [("vpc", "By VPC"), ("zone", "By zone"), ("sensor", "By sensor"), ("instanceType", "By instance type")])
        {
            WriteGroup(page, heading, status.Groups[name], limit);
        }

        WriteTargets(page, status, limit);
        WriteCost(page, status.Cost, limit);
    }

    private static void WriteMissing(Page page, StatusDocument status, int limit)
    {
        if (status.Blind.Count > 0)
        {
            page.Heading("Blind by generation");
            page.Table(
                ["family", "interfaces", "because"],
                [.. status.Blind.Select(each => (string[])[each.Family, $"{each.Interfaces}", each.Because])], limit);
        }

        var missing = status.Interfaces.Where(each => each.State is InterfaceState.Hindered or InterfaceState.Pending).ToList();
        if (missing.Count == 0)
            return;
        page.Heading("Should be mirrored, and is not");
        page.Table(
            ["interface", "instance", "state", "because"],
            [.. missing.Select(each => (string[])[each.NetworkInterfaceId ?? "", each.InstanceId ?? "", each.State, each.Because])], limit);
    }

    private static void WriteGroup(Page page, string heading, IReadOnlyList<CoverageGroup> groups, int limit)
    {
        if (groups.Count == 0)
            return;
        page.Heading(heading);
        page.Table(
            ["", "mirrored", "of", "share"],
            [.. groups.Select(each => (string[])[each.Name, $"{each.Mirrored}", $"{each.Should}", Percent(each.Percent)])], limit);
    }

    private static void WriteTargets(Page page, StatusDocument status, int limit)
    {
        if (status.Targets.Count == 0)
            return;
        page.Heading("Targets");
        page.Table(
            ["target", "sensor", "state", "sources", "zone", "delivers to"],
            [
                .. status.Targets.Select(each => (string[])[
                    each.TargetId, string.Join(", ", each.Sensors), each.State,
                    each.Capacity is { } capacity ? $"{each.Sources} of {capacity}" : $"{each.Sources}",
                    each.Zone ?? "", each.Destination]),
            ],
            limit);
    }

    private static void WriteCost(Page page, SessionCost cost, int limit)
    {
        page.Heading("Cost");
        page.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"A month of {Counted.Of(cost.Sessions, "session")} costs {cost.Monthly:0.00} {cost.Price.Currency}, {cost.MonthlyWaste:0.00} "
                + $"of it for nothing."));
        page.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"Reckoned with {cost.Price.HourOfSession} {cost.Price.Currency} an hour in {cost.Price.Region}, as of {cost.Price.Date}"
                + $"{(cost.Price.IsAssumed ? ", since this Region's own price is not in the data" : "")}."));
        if (cost.Waste.Count > 0)
        {
            page.Table(
                ["session", "interface", "why it is for nothing"],
                [.. cost.Waste.Select(each => (string[])[each.TrafficMirrorSessionId, each.NetworkInterfaceId, each.Why])], limit);
        }
    }

    private static string Percent(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.#} %");
}
