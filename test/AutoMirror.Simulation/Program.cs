namespace AutoMirror.Simulation;

/// <summary>Runs any number of histories on all cores.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        var options = Options.Read(arguments);
        if (options is null)
        {
            Console.Error.WriteLine(Options.Usage);
            return 2;
        }

        return Runner.Run(options, Console.Out);
    }
}
