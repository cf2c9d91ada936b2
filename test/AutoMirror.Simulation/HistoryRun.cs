using System.Text.Json.Nodes;
using AutoMirror.Simulation.Checks;
using AutoMirror.Simulation.Packets;
using AutoMirror.Simulation.Worlds;

namespace AutoMirror.Simulation;

/// <summary>How a history goes: people act and things go wrong; then nothing goes
/// wrong any more, and everything has to come right.</summary>
internal sealed partial class History
{
    // Retries of events, and messages that come back to the queue, are over after this.
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan SweepLimit = TimeSpan.FromMinutes(30);

    // A history that goes on and on (a function that answers its own events with more) is wrong too.
    private const int MostTurns = 100_000;
    private int _turns;

    /// <summary>Runs it to its end, or to the first thing that is wrong.</summary>
    public History Run()
    {
        Observe(null);
        Steps = [.. Plan().Where(step => _kept?.Contains(step.Index) ?? true)];
        foreach (var step in Steps)
            Clock.In(step.At, () => Take(step));
        var end = Clock.Now + Dials.Span;
        for (var at = Clock.Now + Dials.SweepEvery; at < end && !Dials.IsSweepless; at += Dials.SweepEvery)
            Clock.At(at, () => Cloud.Events.Emit("aws.events", "Scheduled Event", []));
        RunUntil(() => Clock.Now >= end, end);
        if (Violation is null)
            ComeToRest();
        Statistics.Simulated = Clock.Now - Start;
        Statistics.Changes = Watch.ChangesMade;
        Fleet.Dispose();
        return this;
    }

    private IEnumerable<Step> Plan()
    {
        var random = new Random(HashCode.Seed(Dials.Seed, 4, 0));
        var kinds = Dials.IsSweepless ? StepKinds.HealedByEvents : StepKinds.All;

        // Some histories do a few things over and over.
        var favoured = kinds.Where(_ => random.Next(4) == 0).ToList();
        for (var index = 0; index < Dials.Steps; index++)
        {
            var kind = favoured.Count > 0 && random.Next(2) == 0 ? favoured[random.Next(favoured.Count)] : kinds[random.Next(kinds.Count)];

            if (Dials.IsSweepless)
            {
                // The first launches are the first that somebody does.
                yield return new Step(index, Dials.BetweenSteps * (index + 1), kind);
                continue;
            }

            // People act in bursts as often as not, and what they do together meets in the function.
            var at = Dials.Span * random.NextDouble();
            yield return new Step(
                index,
                random.Next(2) == 0
                    ? TimeSpan.FromMinutes(Math.Floor(at.TotalMinutes / 5) * 5) + TimeSpan.FromSeconds(random.NextDouble() * 20)
                    : at,
                kind);
        }
    }

    private void Take(Step step)
    {
        Statistics.Steps++;
        var told = _owners.Do(step);
        Note(() => $"[{step.Index}] {told}");
        Observe(null);
    }

    private void Later(TimeSpan wait, Func<string> act) => Clock.In(wait, () =>
    {
        var told = Owners.OrRefusal(act);
        Note(() => told);
        Observe(null);
    });

    private void ComeToRest()
    {
        FaultsAreOn = false;
        Note(() => "nothing goes wrong any more");
        if (Dials.IsSweepless)
        {
            RunUntil(() => Fleet.Pending == 0, Clock.Now + Settling);
            Report("after the last event");
            return;
        }

        var filter = Account.Filters.Contains(Account.Setting.FilterId) ? Account.Setting.FilterId : Account.Filters[0];
        Account.Write(Account.Setting with { Mode = "sync", FilterId = filter });
        Observe(null);
        var settled = Clock.Now + Settling;
        RunUntil(() => Clock.Now >= settled && Fleet.Pending == 0, settled + SweepLimit);
        if (Fleet.Pending > 0)
            Violated($"{Fleet.Pending} events are still under way, {Settling + SweepLimit} after the last fault");
        SweepFreely();
        Report("after a sweep without faults");
        if (Violation is null)
            CheckQuiet();
        if (Violation is null && Account.Setting.Findings is { } rule)
            CheckFinding(rule);
    }

    private void CheckQuiet()
    {
        var before = Watch.ChangesMade - Watch.MadeBesideOthers;
        var ends = Cloud.Ec2.Sessions.Table.Current.Values.Where(Chronicle.Current.Owns).Select(Watch.Until).ToList();
        Sweep();

        // What a finding asked for ends by itself, and makes room for another.
        var ended = ends.Count(until => until <= Clock.Now);
        if (Watch.ChangesMade - Watch.MadeBesideOthers - before is var made && made > 2 * ended)
            Violated($"everything was as it should be, and the next sweep made {made} changes");
    }

    /// <summary>A finding about an instance that no tag asks for: it is mirrored, and when the time is over it no longer is.</summary>
    private void CheckFinding(FindingRule rule)
    {
        if (Cloud.Ec2.NetworkInterfaces.Table.Current.Values.Select(FactsOf).FirstOrDefault(facts =>
            Oracle.Of(facts, Chronicle.Current, Found.Never) is Demand.Remove
                && Oracle.Of(facts, Chronicle.Current, Found.Now) is Demand.Mirror) is not { Instance.Id: var id })
        {
            return;
        }

        Note(() => $"a finding about {id}");
        Finding.Emit(Cloud, id, rule.Severity);
        Account.Findings.Add(new Finding(id, rule.Severity, Clock.Now));
        RunUntil(() => Fleet.Pending == 0, Clock.Now + SweepLimit);
        Report("after a finding", found: id);
        var over = Clock.Now + TimeSpan.FromHours(rule.Hours) + SweepLimit;
        RunUntil(() => Clock.Now >= over, over);
        SweepFreely();
        Report("after a finding's time");
    }

    private void Report(string when, string? found = null)
    {
        if (Violation is not null)
            return;
        if (!PacketsAlone && Rest.Wrong(this, found).ToList() is { Count: > 0 } all)
            Violated($"{when}: {string.Join("; ", all)}");
        if (Violation is null && FinalTraffic.Wrong(this, found).ToList() is { Count: > 0 } packets)
            Violation = $"{when}: {string.Join("; ", packets)}";
    }

    /// <summary>A sweep; where there are limits, a person lets through what they would hold back.</summary>
    private void SweepFreely() => Sweep(Account.Setting.Limits is null ? null : """{"action":"resync","allowDeletes":true}""");

    private void Sweep(string? request = null)
    {
        // What the last sweep did has to be there to be seen.
        var start = Clock.Now + TimeSpan.FromMinutes(5);
        RunUntil(() => Clock.Now >= start, start);
        Note(() => "a sweep");
        Fleet.Hand(request ?? new JsonObject
        {
            ["source"] =
                "aws.events", ["detail-type"] =
                    "Scheduled Event", ["region"] =
                        Cloud.Options.Region, ["time"] = $"{Clock.Now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}", ["detail"] = new JsonObject(),
        }.ToJsonString());
        RunUntil(() => Fleet.Pending == 0, Clock.Now + SweepLimit);
        if (Fleet.Pending > 0)
            Violated($"a sweep without faults is not done after {SweepLimit}");
    }

    private void RunUntil(Func<bool> isOver, DateTimeOffset limit)
    {
        Clock.At(limit, () => { });
        while (Violation is null && !isOver() && Clock.Now <= limit)
        {
            if (++_turns > MostTurns)
            {
                Violated($"{MostTurns} turns, and no end in sight");
                return;
            }

            if (Clock.Next is not { } next)
                return;
            if (Cloud.NextDue is { } due && due <= next)
            {
                Clock.AdvanceTo(due);
                Cloud.Advance();
                Observe(null);
            }
            else
            {
                Clock.Step();
            }
        }
    }
}
