namespace Smpi;

/// <summary>Refuses an address that would drop what code set to guard the connections.</summary>
internal static class ProtocolGuards
{
    /// <summary>Checks that a protocol has every guard of the one whose place it takes.</summary>
    /// <param name="whose">The channel, for error messages.</param>
    /// <param name="given">What was chosen before; null for nothing.</param>
    /// <param name="chosen">What takes its place.</param>
    /// <param name="address">The address of what takes its place.</param>
    public static void Check(string whose, IProtocol? given, IProtocol chosen, string address)
    {
        if (ReferenceEquals(given, chosen) || given is not IGuardedProtocol { Guards: { Count: > 0 } guards }) return;
        string[] lost = [.. guards.Except(chosen is IGuardedProtocol guarded ? guarded.Guards : [], StringComparer.Ordinal)];
        if (lost.Length == 0) return;
        throw new SmpiConfigurationException(
            $"{whose} is guarded in code by {string.Join(" and ", lost)}, and its address '{AddressText.Shown(address)}' cannot carry that: "
            + $"choose an address that can, such as one of '{given.Name}', or take the guard out of the code.");
    }
}
