using AutoMirror.Core.Model;

namespace AutoMirror.Core.Planning;

/// <summary>Chooses session numbers: the policy's, or the next that is free.</summary>
internal static class SessionNumbers
{
    /// <summary>The policy's number, else the next higher free one, else the next lower. At most three are ever taken, so there is one.</summary>
    public static SessionNumber Choose(SessionNumber wanted, IReadOnlyCollection<SessionNumber> taken)
    {
        for (var value = wanted.Value; SessionNumber.TryFrom(value) is { } number; value++)
        {
            if (!taken.Contains(number))
                return number;
        }

        for (var value = wanted.Value - 1; SessionNumber.TryFrom(value) is { } number; value--)
        {
            if (!taken.Contains(number))
                return number;
        }

        throw new InvalidOperationException("Every session number is taken, which EC2's quota of three sessions rules out.");
    }
}
