namespace Smpi.Wire.Tests.Flow;

/// <summary>The places of calls and the octets of their bodies.</summary>
public sealed class CallGateTests
{
    [Fact]
    public async Task Who_comes_between_a_place_and_its_octets_does_not_wait_for_another_call()
    {
        const int Octets = 100_000;
        var shared = new SharedGate();
        var gate = new CallGate(maxCalls: 4, maxOctets: Octets, shared);
        await gate.EnterAsync(CancellationToken.None);
        await gate.EnterAsync(CancellationToken.None);
        gate.Add(Octets);

        shared.Enter();
        bool waits = gate.LeavePlace();
        shared.Exit();
        Assert.False(waits);
        Task third = gate.EnterAsync(CancellationToken.None).AsTask();
        Assert.False(third.IsCompleted);
        gate.Left(Octets, waits);
        await third.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
