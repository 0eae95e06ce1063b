import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { AppearanceProvider } from "@/ui/appearance";
import { ShapeSheet } from "@/ui/Shape";
import { router } from "./routes";

// a lost connection is a refusal with a way out, not a silent wait
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      networkMode: "always",
      retry: (count, error) => count < 2 && !(error as { status?: number }).status,
      refetchOnWindowFocus: false,
    },
    mutations: { networkMode: "always" },
  },
});

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <ShapeSheet />
      <AppearanceProvider>
        <RouterProvider router={router} />
      </AppearanceProvider>
    </QueryClientProvider>
  );
}
