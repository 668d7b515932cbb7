namespace Smpi.Generators;

/// <summary>Writes the client of a contract, its dispatcher, and the initializer that registers both.</summary>
internal static class ContractEmitter
{
    private const string Token = "global::System.Threading.CancellationToken";
    private const string ValueTask = "global::System.Threading.Tasks.ValueTask";
    private const string Stream = "global::System.Collections.Generic.IAsyncEnumerable";

    public static string Emit(ContractModel contract)
    {
        string proxy = contract.Id + "_Proxy", binding = contract.Id + "_Binding";
        SourceText text = Header.Begin().Line($"namespace Smpi.Generated.{contract.Assembly}.Contracts;").Line();
        text.Line(Header.Attributes).Open($"internal sealed class {proxy}(global::Smpi.ISmpiChannel channel) : {contract.Interface}");
        foreach (ContractMethod method in contract.Methods) EmitCall(text, method);
        text.Close().Line();

        text.Line(Header.Attributes).Open($"internal sealed class {binding} : global::Smpi.ContractBinding<{contract.Interface}>");
        text.Line($"public override {contract.Interface} Proxy(global::Smpi.ISmpiChannel channel) => new {proxy}(channel);").Line();
        text.Open($"public override void Handle(global::Smpi.ContractHandlers<{contract.Interface}> handlers)");
        foreach (ContractMethod method in contract.Methods) EmitHandler(text, method);
        text.Close().Line();
        text.Line("[global::System.Runtime.CompilerServices.ModuleInitializer]");
        text.Line($"internal static void Register() => global::Smpi.ContractRegistry.Register<{contract.Interface}>(new {binding}());");
        return text.Close().ToString();
    }

    private static void EmitCall(SourceText text, ContractMethod method)
    {
        bool hasResult = method.Result.Length > 0;
        string items = method.Item.Length > 0 ? $", {Stream}<{method.Item}> items" : "";
        string signature = $"{method.Returns} {method.Interface}.{method.Name}({method.Request} request{items}{(method.HasToken ? $", {Token} token" : "")})";
        string call = "channel." + Call(method, method.HasToken ? "token" : "default");
        bool isAwaited = method.Kind is ContractCallKind.Request or ContractCallKind.ClientStream && !hasResult && !method.IsTask;

        // The state of the method is taken from a pool, as that of the call below it is.
        if (isAwaited) text.Line("[global::System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(global::System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder))]");
        text.Open((isAwaited ? "async " : "") + signature);
        if (method.IsReference) text.Line("global::System.ArgumentNullException.ThrowIfNull(request);");
        if (isAwaited) text.Line($"await {call}.ConfigureAwait(false);");
        else text.Line($"return {call}{(method.IsTask ? ".AsTask()" : "")};");
        text.Close().Line();
    }

    private static string Call(ContractMethod method, string token)
    {
        string subject = Literals.Text(method.Subject), result = method.Result.Length > 0 ? method.Result : "global::Smpi.Empty";
        string options = method.IsIdempotent ? "global::Smpi.CallOptions.TypedIdempotent" : "global::Smpi.CallOptions.Typed";
        return method.Kind switch
        {
            ContractCallKind.Request => $"RequestAsync<{method.Request}, {result}>({subject}, request, {options}, {token})",
            ContractCallKind.Stream => $"StreamAsync<{method.Request}, {result}>({subject}, request, null, {token})",
            ContractCallKind.ClientStream => $"RequestAsync<{method.Request}, {method.Item}, {result}>({subject}, request, items, null, {token})",
            ContractCallKind.Duplex => $"StreamAsync<{method.Request}, {method.Item}, {result}>({subject}, request, items, null, {token})",
            _ => $"PublishAsync<{method.Request}>({subject}, request, null, {token})",
        };
    }

    private static void EmitHandler(SourceText text, ContractMethod method)
    {
        bool hasItems = method.Item.Length > 0, hasResult = method.Result.Length > 0;
        string[] types = [method.Request, .. hasItems ? [method.Item] : Array.Empty<string>(), .. method.Kind == ContractCallKind.OneWay ? [] : new[] { hasResult ? method.Result : "global::Smpi.Empty" }];
        string call = $"(({method.Interface})contract).{method.Name}(request{(hasItems ? ", items" : "")}{(method.HasToken ? ", token" : "")})";
        bool isSingle = method.Kind is ContractCallKind.Request or ContractCallKind.ClientStream;
        bool isAwaited = isSingle && !hasResult;
        string body = isAwaited ? $"{{ await {call}.ConfigureAwait(false); return default; }}"
            : !method.IsTask ? call
            : hasResult ? $"new {ValueTask}<{method.Result}>({call})"
            : $"new {ValueTask}({call})";
        text.Line($"handlers.{method.Kind}<{string.Join(", ", types)}>({Literals.Text(method.Subject)}, static {(isAwaited ? "async " : "")}(contract, request{(hasItems ? ", items" : "")}, token) => {body});");
    }
}
