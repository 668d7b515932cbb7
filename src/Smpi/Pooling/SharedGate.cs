namespace Smpi;

/// <summary>A <see cref="Gate"/> of several objects, for what changes in all of them at once.</summary>
internal sealed class SharedGate
{
    private Gate _gate;

    public void Enter() => _gate.Enter();

    public void Exit() => _gate.Exit();
}
