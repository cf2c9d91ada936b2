using System.CommandLine;
using AutoMirror.Cli;

var root = new RootCommand("Keeps AWS VPC Traffic Mirroring in step with what is running.")
{
    DemoCommand.Create(),
    EmulatorCommand.Create(),
    InvokeCommand.Create(),
    PauseCommands.Pause(),
    PauseCommands.Resume(),
    RemoveCommand.Create(),
};

return await CommandLine.RunAsync(root, args);
