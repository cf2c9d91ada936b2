namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>
/// Sessions that other accounts have on interfaces which this account sees. Nobody here can describe them, but they take numbers, and
/// they count among the sessions of their interface.
/// </summary>
internal sealed class ForeignSessions
{
    private readonly Dictionary<string, HashSet<int>> _numbers = new(StringComparer.Ordinal);

    public void Add(string networkInterfaceId, int number)
    {
        if (!_numbers.TryGetValue(networkInterfaceId, out var numbers))
            _numbers[networkInterfaceId] = numbers = [];
        numbers.Add(number);
    }

    public bool Has(string networkInterfaceId, int number) =>
        _numbers.TryGetValue(networkInterfaceId, out var numbers) && numbers.Contains(number);

    public int CountOn(string networkInterfaceId) => _numbers.TryGetValue(networkInterfaceId, out var numbers) ? numbers.Count : 0;

    public void DropOf(string networkInterfaceId) => _numbers.Remove(networkInterfaceId);
}
