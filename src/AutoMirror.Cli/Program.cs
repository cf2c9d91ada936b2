using System.CommandLine;
using AutoMirror.Cli;
using AutoMirror.Cli.Emulated;

(string Heading, IReadOnlyList<Command> Verbs)[] groups =
[
    ("Look", [StatusCommand.Create(), DoctorCommand.Create(), PlanCommand.Create(), ExplainCommand.Create(), VnisCommand.Create(),
        RecordCommand.Create(), ProbeCommand.Create()]),
    ("Change", [SetupCommand.Create(), AdoptCommand.Create(), SyncCommand.Create(), CaptureCommand.Create(), InvokeCommand.Create(),
        PauseCommands.Pause(), PauseCommands.Resume(), RemoveCommand.Create()]),
    ("Policy", [CheckCommand.Create(), TestCommand.Create()]),
    ("Try", [DemoCommand.Create(), EmulatorCommand.Create(), CompletionCommand.Create()]),
];
var root = new RootCommand("Keeps AWS VPC Traffic Mirroring in step with what is running.");
foreach (var verb in groups.SelectMany(group => group.Verbs))
    root.Add(verb);
if (FunctionProgram.StartedByVerb() is { } function)
    root.Add(function);
Verb.ImproveHelp(root, groups);
BuildOption.Improve(root);
BuildOption.NameToAws();
return await CommandLine.RunAsync(root, args);
