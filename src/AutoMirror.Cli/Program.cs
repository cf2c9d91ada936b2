using System.CommandLine;
using AutoMirror.Cli;

var root = new RootCommand("Keeps AWS VPC Traffic Mirroring in step with what is running.")
{
    DemoCommand.Create(),
    DoctorCommand.Create(),
    EmulatorCommand.Create(),
    ExplainCommand.Create(),
    InvokeCommand.Create(),
    PauseCommands.Pause(),
    PauseCommands.Resume(),
    ProbeCommand.Create(),
    RemoveCommand.Create(),
    StatusCommand.Create(),
};

return await CommandLine.RunAsync(root, args);
