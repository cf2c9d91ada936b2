using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.CloudWatch;

/// <summary>Alarms by name. They are evaluated again and again while there are any, and tell topics and EventBridge of new
/// states.</summary>
public sealed class Alarms
{
    private readonly Cloud _cloud;
    private readonly SortedDictionary<string, MetricAlarm> _alarms = new(StringComparer.Ordinal);
    private readonly List<AlarmChange> _history = [];
    private bool _isTicking;

    internal Alarms(Cloud cloud) => _cloud = cloud;

    /// <summary>Raised within the turn before alarms are evaluated, for services that measure what they hold only then.</summary>
    internal event Action? Measuring;

    /// <summary>All alarms in the order of their names.</summary>
    public IReadOnlyList<MetricAlarm> All => _cloud.InTurn(() => _alarms.Values.ToList());

    internal IReadOnlyList<AlarmChange> History => _history;

    /// <summary>An alarm by name, or null.</summary>
    public MetricAlarm? Find(string name) => _cloud.InTurn(() => _alarms.GetValueOrDefault(name));

    /// <summary>Evaluates all alarms now.</summary>
    public void Evaluate()
    {
        using (_cloud.Enter())
        {
            Measuring?.Invoke();
            foreach (var alarm in _alarms.Values.ToList())
            {
                if (AlarmEvaluation.Evaluate(_cloud.CloudWatch.Metrics, alarm, _cloud.Now) is var (state, reason) && state != alarm.State)
                    SetState(alarm, state, reason, null);
            }
        }
    }

    /// <summary>Creates an alarm or changes one, whose state stays until the next evaluation.</summary>
    internal void Put(MetricAlarm alarm)
    {
        var old = Find(alarm.Name);
        _alarms[alarm.Name] = old is null
            ? alarm with { StateUpdated = _cloud.Now, Configured = _cloud.Now }
            : alarm with
            {
                State = old.State,
                StateReason = old.StateReason,
                StateUpdated = old.StateUpdated,
                StateReasonData = old.StateReasonData,
                // "Tags are ignored when you use this operation to update an existing alarm."
                Tags = old.Tags,
                Configured = _cloud.Now,
            };
        Tick();
    }

    internal void Change(string name, Func<MetricAlarm, MetricAlarm> change) =>
        _alarms[name] = change(Find(name) ?? throw CloudWatchErrors.AlarmNotFound(name));

    internal void Delete(string name) => _alarms.Remove(name);

    /// <summary>Gives an alarm a state, records it, and tells of it.</summary>
    internal void SetState(MetricAlarm alarm, string state, string reason, string? reasonData)
    {
        var after = alarm with { State = state, StateReason = reason, StateReasonData = reasonData, StateUpdated = _cloud.Now };
        _alarms[alarm.Name] = after;
        _history.Add(new(alarm.Name, _cloud.Now, alarm.State, state, reason));
        AlarmMessages.Emit(_cloud, alarm, after);
        if (alarm.Settings["ActionsEnabled"]?.GetValue<bool>() ?? true)
        {
            foreach (var action in alarm.Settings.Texts(ActionsFor(state)))
            {
                _cloud.Sns.PublishIfAny(action, AlarmMessages.Subject(_cloud, after),
                    AlarmMessages.Write(_cloud, alarm, after).ToJsonString(JsonForm.Options));
            }
        }
    }

    private static string ActionsFor(string state) => state switch
    {
        "ALARM" => "AlarmActions",
        "OK" => "OKActions",
        _ => "InsufficientDataActions",
    };

    /// <summary>Nothing is on the agenda while there are no alarms.</summary>
    private void Tick()
    {
        if (_isTicking)
            return;
        _isTicking = true;
        _cloud.In(_cloud.Options.AlarmsEvaluatedEvery, () =>
        {
            _isTicking = false;
            if (_alarms.Count == 0)
                return;
            Evaluate();
            Tick();
        });
    }
}

/// <summary>A change of an alarm's state.</summary>
internal sealed record AlarmChange(string Alarm, DateTimeOffset Time, string From, string To, string Reason);
