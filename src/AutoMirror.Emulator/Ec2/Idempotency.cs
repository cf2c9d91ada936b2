namespace AutoMirror.Emulator.Ec2;

/// <summary>
/// Client tokens ("Ensuring idempotency" in the EC2 API Reference): a token that comes again with the same parameters gets the first
/// result; with other parameters it is an error. The same token of two actions counts as two.
/// </summary>
internal sealed class Idempotency
{
    private readonly Dictionary<(string Action, string Token), (string Fingerprint, object Result)> _answered = [];

    public T Once<T>(string action, string? token, Func<string> fingerprintOf, Func<T> work) where T : notnull
    {
        if (string.IsNullOrEmpty(token))
            return work();
        var fingerprint = fingerprintOf();
        if (_answered.TryGetValue((action, token), out var earlier))
            return earlier.Fingerprint == fingerprint ? (T)earlier.Result : throw Ec2Errors.IdempotentParameterMismatch();
        var result = work();
        _answered[(action, token)] = (fingerprint, result);
        return result;
    }
}
