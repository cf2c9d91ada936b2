namespace AutoMirror.Cli.Printing;

/// <summary>What <c>setup</c> and <c>remove</c> ask before they change anything; no other verb asks.</summary>
internal static class Question
{
    /// <summary>Whether a person says yes. Without a terminal nobody can: then stderr says that --yes is needed.</summary>
    /// <param name="verb">Who asks.</param>
    /// <param name="show">Writes to stderr what would be done.</param>
    public static bool IsMeant(string verb, Action<TextWriter> show)
    {
        if (Console.IsInputRedirected)
        {
            Console.Error.WriteLine(
                $"automirror: nothing was done: {verb} asks first, and there is no terminal. Give --yes to do what is shown.");
            return false;
        }

        show(Console.Error);
        Console.Error.Write("Do it? [y/N] ");
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
