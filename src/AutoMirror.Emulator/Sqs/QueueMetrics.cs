using AutoMirror.Emulator.CloudWatch;

namespace AutoMirror.Emulator.Sqs;

/// <summary>What queues hold, as CloudWatch sees it in AWS/SQS: it is measured when alarms are evaluated, at AWS every minute.</summary>
internal static class QueueMetrics
{
    public static void Watch(Cloud cloud) => cloud.CloudWatch.Alarms.Measuring += () =>
    {
        foreach (var queue in cloud.Sqs.All)
        {
            Put(queue, "ApproximateNumberOfMessagesVisible", queue.Visible);
            Put(queue, "ApproximateNumberOfMessagesNotVisible", queue.NotVisible);
            Put(queue, "ApproximateNumberOfMessagesDelayed", queue.Delayed);
            Put(queue, "ApproximateAgeOfOldestMessage", queue.AgeOfOldest.TotalSeconds, "Seconds");
        }

        void Put(Queue queue, string name, double value, string unit = "Count") =>
            cloud.CloudWatch.Metrics.Put(new Metric("AWS/SQS", name).With("QueueName", queue.Name), value, unit);
    };
}
