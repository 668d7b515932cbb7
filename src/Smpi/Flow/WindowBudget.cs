namespace Smpi;

/// <summary>How much all windows of one connection may grow together.</summary>
internal sealed class WindowBudget(int octets)
{
    private int _left = octets;

    public bool TryTake(int count)
    {
        if (Interlocked.Add(ref _left, -count) >= 0) return true;
        Interlocked.Add(ref _left, count);
        return false;
    }

    public void Return(int count) => Interlocked.Add(ref _left, count);
}
