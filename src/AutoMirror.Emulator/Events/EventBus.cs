using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Ec2.Instances;

namespace AutoMirror.Emulator.Events;

/// <summary>A rule of the bus.</summary>
public sealed record EventRule(
    string Name, string? Pattern, string? ScheduleExpression = null, bool Enabled = true, string? Description = null)
{
    /// <summary>Its targets by their ids.</summary>
    public ImmutableSortedDictionary<string, EventTarget> Targets { get; init; } = ImmutableSortedDictionary<string, EventTarget>.Empty;

    /// <summary>The role that it was given.</summary>
    public string? RoleArn { get; init; }
}

/// <summary>EventBridge's default bus: what services tell it, and the rules that pass it on.</summary>
public sealed class EventBus
{
    /// <summary>"Targets per rule: 5" (EventBridge quotas).</summary>
    private const int MostTargets = 5;

    private readonly Cloud cloud;
    private readonly SortedDictionary<string, EventRule> rules = new(StringComparer.Ordinal);
    private readonly List<CloudEvent> emitted = [];
    private readonly Dictionary<string, int> tagVersions = [];
    private readonly Dictionary<string, int> schedules = [];

    internal EventBus(Cloud cloud) => this.cloud = cloud;

    /// <summary>Raised for every event, in the order of their happening, after the operation that caused it.</summary>
    public event Action<CloudEvent>? Emitted;

    /// <summary>All events so far.</summary>
    public IReadOnlyList<CloudEvent> History
    {
        get
        {
            using (cloud.Enter())
                return [.. emitted];
        }
    }

    /// <summary>The rules.</summary>
    public IReadOnlyList<EventRule> Rules
    {
        get
        {
            using (cloud.Enter())
                return [.. rules.Values];
        }
    }

    /// <summary>Forgets the events so far.</summary>
    public void Clear()
    {
        using (cloud.Enter())
            emitted.Clear();
    }

    /// <summary>Creates a rule or changes it; its targets stay.</summary>
    public EventRule PutRule(
        string name, string? pattern, string? scheduleExpression = null, bool enabled = true, string? description = null,
        string? roleArn = null)
    {
        using (cloud.Enter())
        {
            if (pattern is null && scheduleExpression is null)
                throw new AwsException("ValidationException", "Parameter(s) EventPattern or ScheduleExpression must be specified.");
            if (pattern is not null)
                EventPattern.Validate(Parse(pattern));
            var targets = rules.TryGetValue(name, out var old) ? old.Targets : ImmutableSortedDictionary<string, EventTarget>.Empty;
            var rate = scheduleExpression is null ? null : Schedule.Rate(scheduleExpression);
            var rule = rules[name] = new(name, pattern, scheduleExpression, enabled, description) { Targets = targets, RoleArn = roleArn };
            if (rate is { } every)
                RunEvery(every, name, schedules[name] = schedules.GetValueOrDefault(name) + 1);
            return rule;
        }
    }

    /// <summary>Adds or replaces a target of a rule.</summary>
    public void PutTarget(string rule, EventTarget target)
    {
        using (cloud.Enter())
        {
            var targets = Get(rule).Targets.SetItem(target.Id, target);
            if (targets.Count > MostTargets)
                throw new AwsException("LimitExceededException", "The requested resource exceeds the maximum number allowed.");
            rules[rule] = Get(rule) with { Targets = targets };
        }
    }

    /// <summary>Removes a target of a rule.</summary>
    public void RemoveTarget(string rule, string targetId)
    {
        using (cloud.Enter())
            rules[rule] = Get(rule) with { Targets = Get(rule).Targets.Remove(targetId) };
    }

    /// <summary>Deletes a rule that has no targets any more; one that doesn't exist is no error.</summary>
    public void DeleteRule(string name)
    {
        using (cloud.Enter())
        {
            if (rules.TryGetValue(name, out var rule) && rule.Targets.Count > 0)
                throw new AwsException("ValidationException", "Rule can't be deleted since it has targets.");
            rules.Remove(name);
        }
    }

    /// <summary>A rule that passes what matches the pattern to the function: PutRule and PutTargets in one.</summary>
    public EventRule Subscribe(string name, string pattern)
    {
        using (cloud.Enter())
        {
            PutRule(name, pattern);
            PutTarget(name, new("function", cloud.Function.Arn));
            return rules[name];
        }
    }

    /// <summary>Puts an event on the bus, as a service or PutEvents does.</summary>
    public CloudEvent Emit(string source, string detailType, JsonObject detail, params IReadOnlyList<string> resources) =>
        EmitAt(null, source, detailType, detail, resources);

    /// <summary>The same with a time of its own, which PutEvents may give.</summary>
    internal CloudEvent EmitAt(
        DateTimeOffset? time, string source, string detailType, JsonObject detail, params IReadOnlyList<string> resources)
    {
        using (cloud.Enter())
        {
            var one = new CloudEvent(
                cloud.Seeded.Uuid(), detailType, source, cloud.Options.AccountId, time ?? cloud.Now, cloud.Options.Region, resources, detail);
            emitted.Add(one);
            cloud.Afterwards(() => Emitted?.Invoke(one));
            using var envelope = JsonDocument.Parse(one.Json);
            foreach (var rule in rules.Values.Where(rule => rule.Enabled && rule.Pattern is not null))
                if (EventPattern.Matches(Parse(rule.Pattern!), envelope.RootElement))
                    Deliver(rule, one);
            return one;
        }
    }

    internal EventRule Get(string name) => rules.TryGetValue(name, out var rule)
        ? rule
        : throw new AwsException("ResourceNotFoundException", $"Rule {name} does not exist on EventBus default.");

    /// <summary>"EC2 Instance State-change Notification" (EC2 User Guide, "Automate instance state changes").</summary>
    internal void InstanceStateChange(Instance instance) => Emit(
        "aws.ec2", "EC2 Instance State-change Notification",
        new JsonObject { ["instance-id"] = instance.Id, ["state"] = instance.StateName },
        cloud.Arn("ec2", $"instance/{instance.Id}"));

    /// <summary>
    /// "Tag Change on Resource" (Tag Editor guide, "Monitor tag changes"), for the kinds whose changes mirroring looks at.
    /// </summary>
    internal void TagChange(string kind, string id, IReadOnlyList<string> keys, ImmutableSortedDictionary<string, string> tags)
    {
        if (kind is not ("instance" or "network-interface" or "subnet" or "vpc"))
            return;
        tagVersions[id] = tagVersions.GetValueOrDefault(id) + 1;
        Emit(
            "aws.tag", "Tag Change on Resource",
            new JsonObject
            {
                ["changed-tag-keys"] = new JsonArray([.. keys.Select(key => (JsonNode)key)]),
                ["service"] = "ec2",
                ["resource-type"] = kind,
                ["version"] = tagVersions[id],
                ["tags"] = new JsonObject(tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value))),
            },
            cloud.Arn("ec2", $"{kind}/{id}"));
    }

    /// <summary>"Parameter Store Change" (Systems Manager guide, "Monitoring Systems Manager events").</summary>
    internal void ParameterChange(string operation, Ssm.Parameter parameter)
    {
        var detail = new JsonObject { ["operation"] = operation, ["name"] = parameter.Name, ["type"] = parameter.Type };
        if (parameter.Description is { } description)
            detail["description"] = description;
        Emit("aws.ssm", "Parameter Store Change", detail, parameter.ArnIn(cloud));
    }

    /// <summary>Fires a scheduled rule now: a "Scheduled Event" from aws.events, to this rule's targets alone.</summary>
    public void Fire(string rule)
    {
        using (cloud.Enter())
            Deliver(Get(rule), new CloudEvent(
                cloud.Seeded.Uuid(), "Scheduled Event", "aws.events", cloud.Options.AccountId, cloud.Now, cloud.Options.Region,
                    [cloud.Arn("events", $"rule/{rule}")], []));
    }

    private void RunEvery(TimeSpan every, string name, int turn) => cloud.In(every, () =>
    {
        // Put again or deleted since: whatever replaced it runs by itself.
        if (!rules.TryGetValue(name, out var now) || schedules[name] != turn || now.ScheduleExpression is null)
            return;
        if (now.Enabled)
            Fire(name);
        RunEvery(every, name, turn);
    });

    private void Deliver(EventRule rule, CloudEvent one)
    {
        var (faults, random) = (cloud.Options.EventFaults, cloud.Seeded.Delivery);
        foreach (var target in rule.Targets.Values)
        {
            if (faults.Lost > 0 && random.NextDouble() < faults.Lost)
                continue;
            var times = faults.Duplicated > 0 && random.NextDouble() < faults.Duplicated ? 2 : 1;
            for (var time = 0; time < times; time++)
            {
                if (faults.Delay > TimeSpan.Zero)
                    cloud.In(faults.Delay * random.NextDouble(), () => Hand(target, one));
                else
                    Hand(target, one);
            }
        }
    }

    private void Hand(EventTarget target, CloudEvent one)
    {
        var payload = target.Input ?? (target.InputPath is "$.detail" ? one.Detail.ToJsonString(Protocol.JsonForm.Options) : one.Json);
        if (target.Arn == cloud.Function.Arn)
            cloud.Function.Enqueue(payload);
        else if (cloud.Sqs.FindByArn(target.Arn) is { } queue)
            queue.Send(payload);
    }

    private static JsonElement Parse(string pattern)
    {
        try
        {
            return JsonDocument.Parse(pattern).RootElement;
        }
        catch (JsonException reason)
        {
            throw new AwsException("InvalidEventPatternException", $"Event pattern is not valid. Reason: {reason.Message}");
        }
    }
}
