using System.CommandLine;
using System.Reflection;

namespace AutoMirror.Cli.Emulated;

/// <summary>The function's program, as this tool carries it. It always runs as a process of its own, as it does in Lambda.</summary>
internal abstract record FunctionProgram
{
    private const string Verb = "function";

    private FunctionProgram(params IReadOnlyList<string> command) => Command = command;

    /// <summary>The command that starts it, and its arguments.</summary>
    public IReadOnlyList<string> Command { get; }

    /// <summary>Compiled ahead of time, beside the tool.</summary>
    public sealed record Native(string File) : FunctionProgram(File);

    /// <summary>Assemblies beside the tool, as a build and the .NET tool package have them.</summary>
    public sealed record Assemblies(string Folder) : FunctionProgram(Dotnet, Path.Combine(Folder, "bootstrap.dll"));

    /// <summary>Inside the tool, which is one file then: a hidden verb starts it.</summary>
    public sealed record Inside(string Tool) : FunctionProgram(Tool, Verb);

    /// <summary>What there is of these, in this order.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public static FunctionProgram Find()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "host");
        return File.Exists(Path.Combine(folder, "bootstrap")) ? new Native(Path.Combine(folder, "bootstrap"))
            : File.Exists(Path.Combine(folder, "bootstrap.dll")) ? new Assemblies(folder)
            : IsInside && Environment.ProcessPath is { } tool ? new Inside(tool)
            : throw new CommandException($"the function is missing in {folder}: build the solution, or reinstall the tool.");
    }

    /// <summary>The hidden verb; null where the function is not inside the tool.</summary>
    public static Command? StartedByVerb()
    {
        if (!IsInside)
            return null;
        var command = new Command(Verb, "Runs the function, as Lambda does.") { Hidden = true };
        command.SetAction(async (_, _) => await (Task<int>)Assembly.Load("bootstrap").EntryPoint!.DeclaringType!
            .GetMethod("<Main>$", BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, [Array.Empty<string>()])!);
        return command;
    }

    // A file that is bundled into a program has no place of its own; elsewhere the function is not among the tool's assemblies at all.
    private static bool IsInside => AppContext.GetData("AUTOMIRROR_FUNCTION_INSIDE") is "true";

    /// <summary>The dotnet that runs this program; the one on the path where it runs by itself.</summary>
    private static string Dotnet =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
}
