using System.Diagnostics;
using System.Globalization;
using AutoMirror.Emulator;
using AutoMirror.Emulator.Ec2.Instances;

namespace AutoMirror.Benchmarks;

/// <summary>What the function's own process costs, run against the emulator over loopback: a
/// start with its first event, and looks at a large account.</summary>
internal static class ProcessCost
{
    public const string Heading =
        "program                         start     cpu  memory |  first sync  memory |  nothing to do     cpu  memory";

    /// <summary>Measures one program, and gives its row.</summary>
    /// <param name="program">A bootstrap compiled ahead of time, or its assembly, which the dotnet command runs.</param>
    /// <param name="starts">How many starts; the row has their medians, and the average of the
    /// processor's time, which the system counts in steps of 10 ms.</param>
    /// <param name="instances">How many instances the large account has.</param>
    public static async Task<string> RunAsync(string program, int starts, int instances)
    {
        var first = new List<Cost>();
        for (var count = 0; count < starts; count++)
        {
            await using var small = await StartEmulatorAsync();
            var instance = Launch(small.Cloud, 1);
            first.Add(await MeasureAsync(small, program, $$$"""{"source":"aws.ec2","detail-type":"EC2 Instance State-change Notification","region":"us-east-1","detail":{"instance-id":"{{{instance}}}","state":"running"}}"""));
        }

        await using var large = await StartEmulatorAsync();
        Launch(large.Cloud, instances);
        var sync = await MeasureAsync(large, program, """{"action":"resync"}""");
        var made = large.Cloud.Ec2.Sessions.Table.Current.Values.Count();
        if (made != instances)
            throw new InvalidOperationException($"{made} sessions of {instances} were made.");
        var idle = await MeasureAsync(large, program, """{"action":"resync"}""");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Path.GetFileName(program),-24} "
                + $"{Median(first, cost => cost.Wall.TotalMilliseconds),9:0.0} ms {first.Average(cost =>
                        cost.Cpu.TotalMilliseconds),4:0} ms {Median(first, cost => cost.Memory / 1e6),4:0} MB "
            + $"| {sync.Wall.TotalSeconds,9:0.0} s {sync.Memory / 1e6,4:0} MB | {idle.Wall.TotalSeconds,11:0.00} s "
            + $"{idle.Cpu.TotalMilliseconds,7:0} ms {idle.Memory / 1e6,4:0} MB");
    }

    private static double Median(List<Cost> costs, Func<Cost, double> of) => costs.Select(of).Order().ElementAt(costs.Count / 2);

    private static async Task<EmulatorServer> StartEmulatorAsync()
    {
        var server = await EmulatorServer.StartAsync(
            new EmulatorOptions { PendingFor = TimeSpan.Zero, AttachingFor = TimeSpan.Zero, Trail = false });
        var cloud = server.Cloud;
        cloud.Function.Timeout = TimeSpan.FromMinutes(15);
        cloud.Ssm.Put("/automirror/filter", cloud.Ec2.Filters.Create().Id, "String");
        var arn = $"arn:aws:elasticloadbalancing:{cloud.Options.Region}:{cloud.Options.AccountId}:loadbalancer/net/sensor/0123456789abcdef";
        cloud.Ssm.Put("/automirror/targets/default", cloud.Ec2.Targets.Create(networkLoadBalancerArn: arn).Id, "String");
        return server;
    }

    private static string Launch(Cloud cloud, int instances)
    {
        var launched = "";
        for (var done = 0; done < instances; done += 1000)
        {
            var request =
                new LaunchRequest
                {
                    Count = Math.Min(1000, instances - done),
                    Zone = $"{cloud.Options.Region}{"abc"[done / 1000 % 3]}",
                    Tags = new Dictionary<string,
                    string>
                    { ["Mirror"] = "true" },
                };
            launched = cloud.Ec2.RunInstances(request)[0].Id;
        }

        // They are pending for no time, which is over now.
        cloud.Advance();
        return launched;
    }

    private static async Task<Cost> MeasureAsync(EmulatorServer server, string program, string payload)
    {
        var answer = server.Cloud.Function.InvokeAsync(payload);
        var start = program.EndsWith(".dll", StringComparison.Ordinal)
            ? new ProcessStartInfo("dotnet", [program])
            : new ProcessStartInfo(program);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (var (name, value) in server.FunctionEnvironment("AKIABENCHMARK"))
            start.Environment[name] = value;
        start.Environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "256";
        start.Environment.Remove("AWS_SESSION_TOKEN");
        var begun = Stopwatch.GetTimestamp();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (await Task.WhenAny(answer, process.WaitForExitAsync()) != answer)
            throw new InvalidOperationException($"{program} has ended: {await error}");
        var wall = Stopwatch.GetElapsedTime(begun);
        process.Refresh();
        var cost = new Cost(wall, process.TotalProcessorTime, process.PeakWorkingSet64);
        process.Kill();
        await Task.WhenAll(output, error);
        return (await answer).IsError ? throw new InvalidOperationException((await answer).Payload) : cost;
    }

    private sealed record Cost(TimeSpan Wall, TimeSpan Cpu, long Memory);
}
