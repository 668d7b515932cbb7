using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Smpi;

/// <summary>One path that a server is mapped to, and what the application asks of requests to it.</summary>
internal sealed class MappedEndpoint(IEndpointRouteBuilder endpoints, string pattern, IEndpointConventionBuilder inner) : IEndpointConventionBuilder
{
    private readonly List<Action<EndpointBuilder>> _conventions = [];

    /// <summary>The path with a slash at its beginning and none at its end; parameters stand in braces, and <c>**</c> for the prefix of a group.</summary>
    public string Path { get; } = (endpoints is RouteGroupBuilder ? "/**/" : "/") + pattern.Trim('/');

    /// <summary>The guards in force, as they are called in code.</summary>
    public IEnumerable<string> Guards
    {
        get
        {
            var scratch = new RouteEndpointBuilder(static _ => Task.CompletedTask, RoutePatternFactory.Parse(pattern), order: 0) { ApplicationServices = endpoints.ServiceProvider };
            foreach (Action<EndpointBuilder> convention in _conventions) convention(scratch);
            if (scratch.Metadata.OfType<IAllowAnonymous>().Any()) yield break;
            if (scratch.Metadata.Any(static one => one is IAuthorizeData or AuthorizationPolicy)) yield return "MapSmpi().RequireAuthorization";
            if (endpoints.ServiceProvider.GetService<IOptions<AuthorizationOptions>>()?.Value.FallbackPolicy is not null) yield return "AuthorizationOptions.FallbackPolicy";

            // What a group asks for cannot be looked at; with authorization in the application it may ask for it.
            bool mayAsk = endpoints is RouteGroupBuilder && endpoints.ServiceProvider.GetService<IAuthorizationService>() is not null;
            if (mayAsk) yield return "the authorization of MapGroup";
        }
    }

    public void Add(Action<EndpointBuilder> convention)
    {
        _conventions.Add(convention);
        inner.Add(convention);
    }

    public void Finally(Action<EndpointBuilder> finallyConvention)
    {
        _conventions.Add(finallyConvention);
        inner.Finally(finallyConvention);
    }
}
