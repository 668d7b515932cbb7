using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;

namespace Smpi;

/// <summary>One request to the endpoint, from the upgrade to the end of its connection.</summary>
internal static class EndpointRequest
{
    public static async Task RunAsync(HttpContext context, EndpointProtocol protocol, WebSocketOptions options)
    {
        EndpointListener? listener = protocol.Listener;
        if (listener is null || !listener.TryBegin())
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "The server takes no connection now.").ConfigureAwait(false);
            return;
        }

        Task ended;
        try
        {
            string? subprotocol = listener.Options.Format.Traits.Subprotocol;
            if (Refusal(context, subprotocol, options) is { } refusal)
            {
                await RefuseAsync(context, refusal.Status, refusal.Text).ConfigureAwait(false);
                return;
            }

            ended = await OpenAsync(context, listener, subprotocol, options).ConfigureAwait(false);
        }
        finally
        {
            listener.End();
        }

        await ended.ConfigureAwait(false);
    }

    private static (int Status, string Text)? Refusal(HttpContext context, string? subprotocol, WebSocketOptions options)
    {
        if (!context.WebSockets.IsWebSocketRequest) return (StatusCodes.Status426UpgradeRequired, "Smpi is spoken here over WebSocket only.");
        foreach (string? origin in context.Request.Headers.Origin)
        {
            if (!options.AllowedOrigins.Contains(origin ?? "")) return (StatusCodes.Status403Forbidden, "The origin is not allowed here.");
        }

        bool agrees = subprotocol is null || context.WebSockets.WebSocketRequestedProtocols.Contains(subprotocol);
        return agrees ? null : (StatusCodes.Status400BadRequest, $"The subprotocol {subprotocol} is needed.");
    }

    private static Task RefuseAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status426UpgradeRequired) context.Response.Headers.Upgrade = "websocket";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    private static async ValueTask<Task> OpenAsync(HttpContext context, EndpointListener listener, string? subprotocol, WebSocketOptions options)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(subprotocol).ConfigureAwait(false);
        string remote = $"{context.Connection.RemoteIpAddress}:{context.Connection.RemotePort}";
        try
        {
            IConnection connection = await WebSocketConnection.OpenAsync(
                socket, listener.Options, remote, "ws", options, () => ended.TrySetResult(), context.RequestAborted).ConfigureAwait(false);
            connection.Info.User = context.User;
            await listener.OfferAsync(connection, context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception error) when (error is SmpiException or OperationCanceledException)
        {
            listener.Options.Notes?.Invoke(new ConnectionNote("handshake", error.Message));
        }

        return ended.Task;
    }
}
