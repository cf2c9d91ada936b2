namespace AutoMirror.Aws.Tests.Fuzzing;

/// <summary>What was done to an answer.</summary>
/// <param name="Reply">The answer as it is now.</param>
/// <param name="Kind">What may follow from it.</param>
/// <param name="What">In words, for the message of a failure.</param>
internal sealed record Mutation(WireReply Reply, MutationKind Kind, string What)
{
    /// <summary>Texts of the part that was changed, before and after: the ids among them say whom the answer lies about.</summary>
    public IReadOnlyCollection<string> About { get; init; } = [];
}

/// <summary>What may follow from a mutated answer, in an account where nothing is to be done.</summary>
internal enum MutationKind
{
    /// <summary>It says what the answer said, or nothing that can be understood: nothing is done.</summary>
    Nothing,

    /// <summary>Something is missing in it: nothing is deleted or changed, and no number is taken from anybody.</summary>
    Omission,

    /// <summary>It is an answer that EC2 could have given: what it says may be done, to whom it says it of.</summary>
    Lie,

    /// <summary>It may say anything of anybody.</summary>
    Anything,
}
