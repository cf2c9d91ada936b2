using System.CommandLine;
using AutoMirror.Benchmarks;

var instances = new Option<int>("--instances") { Description = "How many instances are launched.", DefaultValueFactory = _ => 1000 };
var seconds = new Option<int>("--seconds") { Description = "In how many seconds.", DefaultValueFactory = _ => 10 };
var storm = new Command("storm", "A launch storm on EC2's documented token buckets, in virtual time, direct and through SQS.") { instances, seconds };
storm.SetAction(parsed =>
{
    var within = TimeSpan.FromSeconds(parsed.GetValue(seconds));
    Console.WriteLine(StormResult.Heading);
    Console.WriteLine(Storm.Run(parsed.GetValue(instances), within, throughQueue: true).Row("SQS"));
    Console.WriteLine(Storm.Run(parsed.GetValue(instances), within, throughQueue: false).Row("direct"));
    return 0;
});

return await new RootCommand("What AutoMirror costs and how fast it is, measured.") { storm }.Parse(args).InvokeAsync();
