using System.CommandLine;
using AutoMirror.Benchmarks;
using BenchmarkDotNet.Running;

var instances = new Option<int>("--instances") { Description = "How many instances are launched.", DefaultValueFactory = _ => 1000 };
var seconds = new Option<int>("--seconds") { Description = "In how many seconds.", DefaultValueFactory = _ => 10 };
var storm = new Command(
    "storm", "A launch storm on EC2's documented token buckets, in virtual time, direct and through SQS.") { instances, seconds };
storm.SetAction(parsed =>
{
    var within = TimeSpan.FromSeconds(parsed.GetValue(seconds));
    Console.WriteLine(StormResult.Heading);
    Console.WriteLine(Storm.Run(parsed.GetValue(instances), within, throughQueue: true).Row("SQS"));
    Console.WriteLine(Storm.Run(parsed.GetValue(instances), within, throughQueue: false).Row("direct"));
    return 0;
});

var many = new Option<int>("--instances") { Description = "How many instances the account has.", DefaultValueFactory = _ => 10_000 };
var sweep = new Command(
    "sweep",
    "A full re-sync of a large account, in virtual time: with everything to do under a timeout of a minute, and with nothing to "
        + "do.") { many };
sweep.SetAction(parsed =>
{
    Sweep.Run(parsed.GetValue(many));
    return 0;
});

var planner = new Command("planner", "Planning up to 100,000 interfaces with 10,000 sessions and 200 targets: time and memory.");
planner.SetAction(_ =>
{
    BenchmarkRunner.Run<PlannerSpeed>();
    return 0;
});

var programs =
    new Argument<string[]>("program")
    {
        Description = "The function's programs: bootstrap as infra/build.sh publishes it, or bootstrap.dll.",
        Arity = ArgumentArity.OneOrMore,
    };
var starts = new Option<int>("--starts") { Description = "How many starts.", DefaultValueFactory = _ => 15 };
var process = new Command(
    "process",
    "The function's own process: start to first answer, processor time, peak memory, also on a large account.") { programs, starts, many };
process.SetAction(async (parsed, _) =>
{
    Console.WriteLine(ProcessCost.Heading);
    foreach (var program in parsed.GetRequiredValue(programs))
        Console.WriteLine(await ProcessCost.RunAsync(program, parsed.GetValue(starts), parsed.GetValue(many)));
    return 0;
});

var length = new Option<int>("--seconds") { Description = "How long each measurement takes.", DefaultValueFactory = _ => 3 };
var probe = new Command("probe", "What the probe holds on one core: counting, reading captures, receiving over loopback.") { length };
probe.SetAction(parsed =>
{
    ProbeSpeed.Run(parsed.GetValue(length));
    return 0;
});

return await new RootCommand("What AutoMirror costs and how fast it is, measured.") { storm, sweep, planner, process, probe }
    .Parse(args).InvokeAsync();
