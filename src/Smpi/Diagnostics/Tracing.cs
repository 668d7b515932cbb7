using System.Diagnostics;

namespace Smpi;

/// <summary>Carries the trace of a call to the other side, where the format has headers, in the fields of W3C Trace Context (<see href="https://www.w3.org/TR/trace-context/"/>).</summary>
internal static class Tracing
{
    private const string Parent = "traceparent";
    private const string State = "tracestate";

    private static readonly ActivitySource _source = new("Smpi");

    /// <summary>The headers of a call of this side, with the current trace where there is one.</summary>
    public static Headers? Inject(Headers? headers, FormatTraits traits)
    {
        if (Activity.Current is not { IdFormat: ActivityIdFormat.W3C, Id: { } id } current || !traits.Headers || headers?[Parent] is not null) return headers;
        Headers traced = headers?.Clone() ?? new Headers();
        traced.Add(Parent, id);
        if (current.TraceStateString is { Length: > 0 } state) traced.Add(State, state);
        return traced;
    }

    /// <summary>Begins the activity of a handler, if somebody listens to the source <c>Smpi</c>.</summary>
    public static Activity? StartHandler(string subject, Headers? headers, ChannelDiagnostics diagnostics) =>
        _source.HasListeners() ? Start(subject, headers, diagnostics) : null;

    /// <summary>Ends the activity of a handler.</summary>
    public static void Stop(Activity activity, string subject, ChannelDiagnostics diagnostics)
    {
        try
        {
            activity.Stop();
        }
        catch (Exception error)
        {
            diagnostics.Report(subject, error);
        }
    }

    // Listeners are user code.
    private static Activity? Start(string subject, Headers? headers, ChannelDiagnostics diagnostics)
    {
        ActivityContext.TryParse(headers?[Parent], headers?[State], isRemote: true, out ActivityContext caller);
        try
        {
            return _source.StartActivity(subject, ActivityKind.Server, caller);
        }
        catch (Exception error)
        {
            diagnostics.Report(subject, error);
            return null;
        }
    }
}
