namespace Smpi.Generators;

/// <summary>Writes overloads of the calls for exact types, which win over those that infer the answer.</summary>
internal static class CallEmitter
{
    private const string Caller = "this global::Smpi.ICaller caller";
    private const string Token = "global::System.Threading.CancellationToken cancellationToken = default";
    private const string Options = "global::Smpi.CallOptions";

    public static string Emit(IEnumerable<CallModel> calls, string assembly)
    {
        SourceText text = Header.Begin().Line("namespace Smpi;").Line();
        text.Line(Header.Attributes).Open($"internal static class CallsOf_{assembly}");
        foreach (CallModel call in calls) Emit(text, call);
        return text.Close().ToString();
    }

    private static void Emit(SourceText text, CallModel call)
    {
        string subject = Literals.Text(call.Subject);
        string items = $"global::System.Collections.Generic.IAsyncEnumerable<{call.Item}> items";
        string answer = $"global::System.Threading.Tasks.ValueTask<{call.Result}>";
        string stream = $"global::System.Collections.Generic.IAsyncEnumerable<{call.Result}>";
        string typed = call.IsIdempotent ? $"{Options}.TypedIdempotent" : $"{Options}.Typed";
        switch (call.Kind)
        {
            case CallKind.Request:
                text.Line($"internal static {answer} RequestAsync({Caller}, {call.Request} request, {Token}) =>");
                text.Line($"    global::Smpi.TypedCalls.Request<{call.Request}, {call.Result}>(caller, {subject}, request, {typed}, cancellationToken);").Line();
                text.Line($"internal static {answer} RequestAsync({Caller}, {call.Request} request, {Options}? options, {Token}) =>");
                text.Line($"    global::Smpi.TypedCalls.Request<{call.Request}, {call.Result}>(caller, {subject}, request, {Options}.ForTyped(options, {(call.IsIdempotent ? "true" : "false")}), cancellationToken);");
                break;
            case CallKind.StreamRequest:
                text.Line($"internal static {stream} StreamAsync({Caller}, {call.Request} request, {Token}) =>");
                text.Line($"    caller.StreamAsync<{call.Request}, {call.Result}>({subject}, request, null, cancellationToken);").Line();
                text.Line($"internal static {stream} StreamAsync({Caller}, {call.Request} request, {Options}? options, {Token}) =>");
                text.Line($"    caller.StreamAsync<{call.Request}, {call.Result}>({subject}, request, options, cancellationToken);");
                break;
            case CallKind.ClientStreamRequest:
                text.Line($"internal static {answer} RequestAsync({Caller}, {call.Request} request, {items}, {Options}? options = null, {Token}) =>");
                text.Line($"    caller.RequestAsync<{call.Request}, {call.Item}, {call.Result}>({subject}, request, items, options, cancellationToken);");
                break;
            default:
                text.Line($"internal static {stream} StreamAsync({Caller}, {call.Request} request, {items}, {Options}? options = null, {Token}) =>");
                text.Line($"    caller.StreamAsync<{call.Request}, {call.Item}, {call.Result}>({subject}, request, items, options, cancellationToken);");
                break;
        }

        text.Line();
    }
}
