using AutoMirror.Emulator.Sqs;

namespace AutoMirror.Emulator.Lambda;

/// <summary>The mappings of queues to functions, by id.</summary>
internal sealed class EventSourceMappings(Cloud cloud)
{
    private readonly SortedDictionary<string, EventSourceMappingEntry> _entries = new(StringComparer.Ordinal);

    public IReadOnlyList<EventSourceMappingEntry> All => cloud.InTurn(() => _entries.Values.ToList());

    public EventSourceMappingEntry Get(string id) =>
        cloud.InTurn(() => _entries.GetValueOrDefault(id)) ?? throw LambdaErrors.MappingNotFound();

    public EventSourceMappingEntry Add(Queue queue, LambdaFunction function)
    {
        if (_entries.Values.FirstOrDefault(each => each.Queue == queue && each.Function == function) is { } existing)
            throw LambdaErrors.MappingExists(queue.Arn, function.Name, existing.Id);
        var id = cloud.Seeded.Uuid();
        return new() { Id = id, Arn = cloud.Arn("lambda", $"event-source-mapping:{id}"), Queue = queue, Function = function };
    }

    /// <summary>Lets a new or changed mapping run with the settings that it has now.</summary>
    public void Apply(EventSourceMappingEntry entry)
    {
        var (window, role) = (TimeSpan.FromSeconds(entry.Window), entry.Function.Configuration.Role);
        Queues.CheckMapping(entry.Queue, entry.Function.Host.Timeout, entry.BatchSize, window, entry.MaximumConcurrency);
        // "The provided execution role does not have permissions": Lambda looks when the mapping is made, and again whenever it polls.
        foreach (var action in (string[])["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"])
        {
            if (!May($"sqs:{action}"))
                throw LambdaErrors.RoleMayNot(action, "SQS");
        }

        entry.Running?.Stop();
        entry.Running = null;
        entry.LastModified = cloud.Now;
        _entries[entry.Id] = entry;
        if (!entry.IsEnabled)
            return;
        entry.Running = new(
            cloud, entry.Queue, entry.Function.Host, entry.BatchSize, window, entry.MaximumConcurrency,
            entry.ResponseTypes.Contains("ReportBatchItemFailures"))
        { May = May };
        entry.Running.Start();

        bool May(string action) =>
            cloud.Iam.Roles.FindByArn(role) is { } found && cloud.Access.MayRole(found, action, entry.Queue.Arn, entry.Queue.Policy);
    }

    public void Remove(EventSourceMappingEntry entry)
    {
        entry.Running?.Stop();
        _entries.Remove(entry.Id);
    }
}
