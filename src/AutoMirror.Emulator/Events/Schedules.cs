namespace AutoMirror.Emulator.Events;

/// <summary>Fires the rules that have a rate, again and again, for as long as they keep it.</summary>
internal sealed class Schedules(Cloud cloud, IReadOnlyDictionary<string, EventRule> rules, Action<string> fire)
{
    /// <summary>How often each rule's schedule was put: an older one has nothing to fire any more.</summary>
    private readonly Dictionary<string, int> _versions = [];

    public void Run(string rule, TimeSpan period) => RunNext(rule, period, _versions[rule] = _versions.GetValueOrDefault(rule) + 1);

    private void RunNext(string name, TimeSpan period, int version) => cloud.In(period, () =>
    {
        if (!rules.TryGetValue(name, out var rule) || _versions[name] != version || rule.ScheduleExpression is null)
            return;
        if (rule.Enabled)
            fire(name);
        RunNext(name, period, version);
    });
}
