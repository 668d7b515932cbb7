namespace Smpi.Bench;

/// <summary>A pumped loop and the thread that pumps it, as a game's frame would.</summary>
internal static class PumpedThread
{
    public static IEventLoopBinding Start()
    {
        var loop = new PumpedLoop();
        var thread = new Thread(() => Pump(loop)) { IsBackground = true, Name = "bench pump" };
        thread.Start();
        return loop;
    }

    private static void Pump(PumpedLoop loop)
    {
        while (true)
        {
            if (loop.WaitForWork(TimeSpan.FromSeconds(1))) loop.RunPending();
        }
    }
}
