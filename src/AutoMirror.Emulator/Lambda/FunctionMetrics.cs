using AutoMirror.Emulator.CloudWatch;

namespace AutoMirror.Emulator.Lambda;

/// <summary>The metrics that Lambda puts into AWS/Lambda for a function ("Types of metrics for Lambda functions").</summary>
internal static class FunctionMetrics
{
    private const string Namespace = "AWS/Lambda";

    public static void Watch(Cloud cloud, LambdaFunction function)
    {
        function.Host.Begun += invocation =>
        {
            if (invocation.IsAsynchronous)
                Put("AsyncEventAge", (invocation.BegunAt - invocation.QueuedAt).TotalMilliseconds, "Milliseconds");
            Put("ConcurrentExecutions", function.Host.Running);
        };
        function.Host.Ended += (invocation, result) =>
        {
            Put("Invocations", 1);
            Put("Errors", result.IsError ? 1 : 0);
            Put("Duration", (cloud.Now - invocation.BegunAt).TotalMilliseconds, "Milliseconds");
        };
        function.Host.GivenUp += _ => Put("AsyncEventsDropped", 1);

        void Put(string name, double value, string unit = "Count") =>
            cloud.CloudWatch.Metrics.Put(MetricOf(function.Name, name), value, unit);
    }

    public static void Throttled(Cloud cloud, LambdaFunction function) =>
        cloud.CloudWatch.Metrics.Put(MetricOf(function.Name, "Throttles"), 1);

    private static Metric MetricOf(string function, string name) => new Metric(Namespace, name).With("FunctionName", function);
}
