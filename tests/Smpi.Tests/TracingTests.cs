using System.Diagnostics;

namespace Smpi.Tests;

public sealed class TracingTests
{
    [Fact]
    public async Task A_trace_goes_on_in_the_handler_of_the_peer()
    {
        using var listener = new ActivityListener { ShouldListenTo = source => source.Name is "Smpi" or "test", Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("test");
        var seen = new TaskCompletionSource<(ActivityTraceId Trace, ActivitySpanId Parent, string Name)>();
        await using Pair pair = await Pair.OpenAsync(builder => builder.Handle(async (Hang hang, CancellationToken _) =>
        {
            Activity current = Activity.Current!;
            seen.TrySetResult((current.TraceId, current.ParentSpanId, current.OperationName));
            return new Pong(hang.Id, "traced");
        }));
        using Activity activity = source.StartActivity("caller")!;
        await pair.Channel.RequestAsync(new Hang(1));
        (ActivityTraceId trace, ActivitySpanId parent, string name) = await seen.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(activity.TraceId, trace);
        Assert.Equal(activity.SpanId, parent);
        Assert.Equal("hang", name);
        Assert.Same(activity, Activity.Current);
    }
}
