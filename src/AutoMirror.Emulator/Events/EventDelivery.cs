using System.Text.Json.Nodes;
using AutoMirror.Emulator.CloudWatch;
using AutoMirror.Emulator.Lambda;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Events;

/// <summary>Gives events to the targets of rules, with the faults that are set: lost, twice, late.</summary>
internal sealed class EventDelivery(Cloud cloud)
{
    private const string Service = "events.amazonaws.com";

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
                    cloud.In(faults.Delay * random.NextDouble(), () => Hand(rule, target, cloudEvent));
                else
                    Hand(rule, target, cloudEvent);
            }
        }
    }

    private void Hand(EventRule rule, EventTarget target, CloudEvent cloudEvent)
    {
        var whole = target.InputPath is "$.detail" ? cloudEvent.Detail.ToJsonString(JsonForm.Options) : cloudEvent.Json;
        var payload = target.Input ?? whole;
        var metric = new Metric("AWS/Events", "Invocations").With("RuleName", rule.Name);
        cloud.CloudWatch.Metrics.Put(metric, 1);
        if (Deliver(rule, target, payload) is not { } failure)
            return;
        cloud.CloudWatch.Metrics.Put(metric with { Name = "FailedInvocations" }, 1);
        SendToDeadLetters(rule, target, payload, failure);
    }

    /// <summary>
    /// Gives an event to its target, when that lets EventBridge: a function by its policy, a queue by its own. Otherwise the error, which
    /// EventBridge does not repeat.
    /// </summary>
    private (string Code, string Message)? Deliver(EventRule rule, EventTarget target, string payload)
    {
        var source = rule.ArnIn(cloud);
        if (cloud.Lambda.Find(FunctionNames.NameOf(cloud, target.Arn)) is { } function)
        {
            if (!cloud.Access.MayService(Service, function, source))
                return ("NO_PERMISSIONS", $"The function's policy does not let {Service} invoke it for {source}.");
            function.Host.Enqueue(payload);
        }
        else if (target.Arn == cloud.Function.Arn)
        {
            cloud.Function.Enqueue(payload);
        }
        else if (cloud.Sqs.FindByArn(target.Arn) is { } queue)
        {
            if (!cloud.Access.MayService(Service, queue, source))
                return ("NO_PERMISSIONS", $"The queue's policy does not let {Service} send to it for {source}.");
            queue.Send(payload);
        }
        else
        {
            return ("NO_RESOURCE", $"The target {target.Arn} does not exist.");
        }

        return null;
    }

    /// <summary>"Using dead-letter queues to process undelivered events": the event with what went wrong as its attributes.</summary>
    private void SendToDeadLetters(EventRule rule, EventTarget target, string payload, (string Code, string Message) failure)
    {
        if (target.DeadLetterArn is not { } arn || cloud.Sqs.FindByArn(arn) is not { } queue
            || !cloud.Access.MayService(Service, queue, rule.ArnIn(cloud)))
        {
            return;
        }

        queue.Send(payload, attributes: new JsonObject
        {
            ["RULE_ARN"] = Text(rule.ArnIn(cloud)), ["TARGET_ARN"] = Text(target.Arn), ["ERROR_CODE"] = Text(failure.Code),
            ["ERROR_MESSAGE"] = Text(failure.Message), ["RETRY_ATTEMPTS"] = Text("0"),
        });

        static JsonObject Text(string value) => new() { ["DataType"] = "String", ["StringValue"] = value };
    }
}
