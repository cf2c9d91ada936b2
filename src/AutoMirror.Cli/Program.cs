using System.CommandLine;
using AutoMirror.Cli;

var root = new RootCommand("Keeps AWS VPC Traffic Mirroring in step with what is running.")
{
    DemoCommand.Create(),
    EmulatorCommand.Create(),
    InvokeCommand.Create(),
};

return await CommandLine.RunAsync(root, args);
