using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Events;

/// <summary>Gives events to the targets of rules, with the faults that are set: lost, twice, late.</summary>
internal sealed class EventDelivery(Cloud cloud)
{
    public void Deliver(EventRule rule, CloudEvent cloudEvent)
    {
        var (faults, random) = (cloud.Options.EventFaults, cloud.Seeded.Delivery);
        foreach (var target in rule.Targets.Values)
        {
            if (faults.Lost > 0 && random.NextDouble() < faults.Lost)
                continue;
            var copies = faults.Duplicated > 0 && random.NextDouble() < faults.Duplicated ? 2 : 1;
            for (var copy = 0; copy < copies; copy++)
            {
                if (faults.Delay > TimeSpan.Zero)
                    cloud.In(faults.Delay * random.NextDouble(), () => Hand(target, cloudEvent));
                else
                    Hand(target, cloudEvent);
            }
        }
    }

    private void Hand(EventTarget target, CloudEvent cloudEvent)
    {
        var whole = target.InputPath is "$.detail" ? cloudEvent.Detail.ToJsonString(JsonForm.Options) : cloudEvent.Json;
        var payload = target.Input ?? whole;
        if (target.Arn == cloud.Function.Arn)
            cloud.Function.Enqueue(payload);
        else if (cloud.Sqs.FindByArn(target.Arn) is { } queue)
            queue.Send(payload);
    }
}
